<?php
/*
 * Plugin Name: reprint
 * Description: Shows what reprint republishes as its terms demand: byline, credit, search policy, on pages and in feeds.
 * Version: 1
 * Requires at least: 5.6
 * Requires PHP: 7.2
 * License: MIT
 */

namespace Reprint;

if (!defined('ABSPATH')) {
    exit;
}

const VERSION = 1;

/** What reprint keeps beside a post: whose it is, what was written, and what the terms demand of the page. */
const KEYS = ['id', 'image', 'digest', 'seal', 'stage', 'byline', 'credit', 'search', 'canonical', 'feed', 'photo', 'withdrawn'];

function kept($key, $post = null): string
{
    $post = get_post($post);
    return $post ? (string) get_post_meta($post->ID, "_reprint_$key", true) : '';
}

function ours($post = null): bool
{
    return kept('id', $post) !== '';
}

function names(): array
{
    return array_values(array_filter(array_map('trim', explode("\n", kept('byline')))));
}

function credit(): string
{
    return wp_kses(kept('credit'), ['a' => ['href' => []]]);
}

add_action('init', function () {
    foreach (KEYS as $key) {
        foreach (['post', 'attachment'] as $type) {
            register_post_meta($type, "_reprint_$key", [
                'type' => 'string',
                'single' => true,
                'show_in_rest' => true,
                'auth_callback' => function ($allowed, $meta, $id) {
                    return current_user_can('edit_post', $id);
                },
            ]);
        }
    }
});

/* One post for each of our ids: who looks waits for who creates, and the second to create is told of the first. */

function locked(string $id): bool
{
    global $wpdb;
    // Given back by itself at the end of the request. Databases without such locks give NULL.
    $got = $wpdb->get_var($wpdb->prepare('SELECT GET_LOCK(%s, 15)', 'reprint:' . md5($id)));
    return $got === null || (int) $got === 1;
}

function carrying(string $key, string $value, string $type): array
{
    global $wpdb;
    $query = "SELECT p.ID AS id, p.post_status AS status, m.meta_value AS value FROM $wpdb->postmeta m
        JOIN $wpdb->posts p ON p.ID = m.post_id WHERE m.meta_key = %s AND m.meta_value = %s AND p.post_type = %s";
    $found = $wpdb->get_results($wpdb->prepare("$query ORDER BY p.ID", "_reprint_$key", $value, $type));
    foreach ($found as $one) {
        $one->id = (int) $one->id;
    }
    return $found;
}

function busy(): \WP_Error
{
    return new \WP_Error('reprint_busy', 'Another request creates this very post.', ['status' => 503]);
}

/** Who asks, or why WordPress does not know: it says so itself only at some addresses. */
function signed_in()
{
    global $wp_rest_application_password_status;
    if (is_user_logged_in()) {
        return true;
    }
    if (is_wp_error($wp_rest_application_password_status)) {
        $why = $wp_rest_application_password_status;
        return new \WP_Error($why->get_error_code(), wp_strip_all_tags($why->get_error_message()), ['status' => 401]);
    }
    $code = isset($_SERVER['PHP_AUTH_USER']) ? 'rest_not_logged_in' : 'reprint_no_header';
    return new \WP_Error($code, 'Nobody is logged in.', ['status' => 401]);
}

add_filter('rest_pre_insert_post', function ($prepared, $request) {
    $id = $request['meta']['_reprint_id'] ?? '';
    if (is_wp_error($prepared) || !empty($prepared->ID) || $id === '') {
        return $prepared;
    }
    if (!locked($id)) {
        return busy();
    }
    $found = carrying('id', $id, 'post');
    return $found ? new \WP_Error('reprint_exists', 'This post is there.', ['status' => 409]) : $prepared;
}, 10, 2);

add_action('rest_api_init', function () {
    register_rest_route('reprint/v1', '/about', [
        'methods' => 'GET',
        'permission_callback' => __NAMESPACE__ . '\signed_in',
        'callback' => function () {
            $can = ['edit_posts', 'publish_posts', 'edit_published_posts', 'edit_private_posts', 'read_private_posts',
                'edit_others_posts', 'delete_posts', 'upload_files', 'unfiltered_html'];
            return [
                'plugin' => VERSION,
                'wordpress' => get_bloginfo('version'),
                'time' => time(),
                'home' => home_url('/'),
                'permalinks' => (string) get_option('permalink_structure'),
                'public' => (bool) get_option('blog_public'),
                'user' => wp_get_current_user()->user_login,
                'roles' => array_values(wp_get_current_user()->roles),
                'can' => array_values(array_filter($can, 'current_user_can')),
            ];
        },
    ]);
    register_rest_route('reprint/v1', '/posts', [
        'methods' => 'GET',
        'permission_callback' => function () {
            return current_user_can('edit_posts');
        },
        'args' => ['id' => ['type' => 'string', 'required' => true], 'image' => ['type' => 'boolean', 'default' => false]],
        'callback' => function ($request) {
            $image = $request['image'];
            if (!$image && !locked($request['id'])) {
                return busy();
            }
            return carrying($image ? 'image' : 'id', $request['id'], $image ? 'attachment' : 'post');
        },
    ]);
});

/* The page's head: exactly one search policy. */

function canonical($url)
{
    if (!is_singular() || !ours()) {
        return $url;
    }
    switch (kept('search')) {
        case 'canonical':
            return esc_url_raw(kept('canonical'));
        case 'none':
            return get_permalink();
        default:
            return '';
    }
}
foreach (['get_canonical_url', 'wpseo_canonical', 'rank_math/frontend/canonical'] as $hook) {
    add_filter($hook, __NAMESPACE__ . '\canonical', 99);
}

add_filter('wp_robots', function ($robots) {
    return is_singular() && ours() && kept('search') === 'noindex' ? ['noindex' => true] + $robots : $robots;
}, 99);

add_action('wp_head', function () {
    if (is_singular() && ours() && kept('search') === 'news-noindex') {
        echo '<meta name="googlebot-news" content="noindex">', "\n";
    }
});

/* The byline: who wrote it, not who sent it. */

function by_author($shown)
{
    if (!ours()) {
        return $shown;
    }
    $names = names();
    if (is_feed()) {
        return str_replace(['<', '>'], '', $names[0] ?? '');
    }
    return esc_html(wp_sprintf('%l', $names));
}
add_filter('the_author', __NAMESPACE__ . '\by_author', 99);
add_filter('get_the_author_display_name', function ($shown, $user) {
    return (int) $user === (int) (get_post()->post_author ?? 0) ? by_author($shown) : $shown;
}, 99, 2);
add_filter('author_link', function ($link) {
    return !is_admin() && in_the_loop() && ours() ? get_permalink() : $link;
}, 99);

function other_authors(string $before, string $after): void
{
    foreach (ours() ? array_slice(names(), 1) : [] as $name) {
        echo $before, esc_xml($name), $after, "\n";
    }
}
add_action('rss2_item', function () {
    other_authors('<dc:creator>', '</dc:creator>');
});
add_action('atom_entry', function () {
    other_authors('<author><name>', '</name></author>');
});

/* The partner's words: as they were written, whatever themes and plugins make of other texts. */

add_filter('the_content', function ($content) {
    return ours() ? '<!--reprint-->' : $content;
}, PHP_INT_MIN);
add_filter('the_content', function ($content) {
    if (!ours() || post_password_required()) {
        return $content;
    }
    $text = str_replace('class="pixel"', 'class="pixel" referrerpolicy="no-referrer-when-downgrade"', get_post()->post_content);
    return str_replace('<!--reprint-->', $text, $content);
}, 21);
add_filter('the_title', function ($title, $post = null) {
    return !is_admin() && ours($post) ? get_post($post)->post_title : $title;
}, 99, 2);
add_filter('get_the_excerpt', function ($excerpt, $post) {
    return ours($post) ? $post->post_excerpt : $excerpt;
}, 99, 2);
add_filter('the_excerpt_rss', function ($excerpt) {
    return ours() ? trim($excerpt . ' ' . esc_html(wp_strip_all_tags(credit()))) : $excerpt;
}, 99);
add_filter('the_content_feed', function ($content) {
    if (!ours() || kept('feed') === 'full') {
        return $content;
    }
    return '<p>' . get_post()->post_excerpt . '</p><p>' . credit() . '</p>';
}, 99);
add_filter('post_thumbnail_html', function ($html, $post) {
    $photo = kept('photo', $post);
    return $html && $photo !== '' && is_singular() ? $html . '<p class="reprint-photo">' . esc_html($photo) . '</p>' : $html;
}, 99, 2);

/* What was withdrawn: gone for good, in our words. */

add_action('template_redirect', function () {
    global $wp, $wpdb;
    if (!is_404()) {
        return;
    }
    $id = (int) ($wp->query_vars['p'] ?? 0);
    $name = (string) ($wp->query_vars['name'] ?? '');
    if (!$id && $name !== '') {
        $query = "SELECT ID FROM $wpdb->posts WHERE post_name = %s AND post_type = 'post' AND post_status = 'private'";
        $id = (int) $wpdb->get_var($wpdb->prepare($query, sanitize_title($name)));
    }
    if ($id && kept('withdrawn', $id) !== '') {
        nocache_headers();
        $text = wp_strip_all_tags(get_post($id)->post_content);
        wp_die(esc_html($text), esc_html(get_post($id)->post_title), ['response' => 410]);
    }
}, 0);
