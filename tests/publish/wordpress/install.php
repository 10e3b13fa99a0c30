<?php
// php install.php ROOT ROLE...: makes the database, installs WordPress, and prints each user's application password.
[$root, $roles] = [$argv[1], array_slice($argv, 2)];
$_SERVER += ['HTTP_HOST' => parse_url(getenv('WP_TEST_URL'), PHP_URL_HOST), 'SERVER_PROTOCOL' => 'HTTP/1.1'];
$database = new mysqli('localhost', 'root', '', '', 0, getenv('WP_TEST_SOCKET'));
$database->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');
define('WP_INSTALLING', true);
function wp_mail() { return true; }
require "$root/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install('The Courier', 'owner', 'owner@courier.example', true, '', 'not-a-secret');
update_option('permalink_structure', '/%postname%/');
update_option('active_plugins', ['reprint/reprint.php']);
update_option('template', 'plain');
update_option('stylesheet', 'plain');
wp_insert_term('Partners', 'category', ['slug' => 'partners']);
wp_insert_term('Asia', 'category', ['slug' => 'asia']);
wp_insert_term('Sea', 'post_tag', ['slug' => 'sea']);
flush_rewrite_rules(false);
$passwords = [];
foreach ($roles as $role) {
    $id = wp_insert_user(['user_login' => $role, 'user_pass' => wp_generate_password(), 'role' => $role,
        'display_name' => "The $role", 'user_email' => "$role@courier.example"]);
    [$passwords[$role]] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'reprint']);
}
echo "\n", json_encode($passwords), "\n";
