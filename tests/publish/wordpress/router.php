<?php
// For `php -S`: files as they are, everything else to WordPress, as its .htaccess does under Apache.
$root = $_SERVER['DOCUMENT_ROOT'];
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if ($path !== '/' && is_file($root . $path)) {
    return false;
}
if ($path === '/__php') {
    // The test's own way in: what it asks of WordPress from the inside.
    if (!hash_equals((string) getenv('WP_TEST_SECRET'), $_SERVER['HTTP_X_SECRET'] ?? '')) {
        http_response_code(403);
        return;
    }
    require $root . '/wp-load.php';
    header('Content-Type: application/json');
    echo json_encode(eval(file_get_contents('php://input')));
    return;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $root . '/index.php';
