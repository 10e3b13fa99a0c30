<!DOCTYPE html>
<html <?php language_attributes(); ?>>
<head><meta charset="utf-8"><?php wp_head(); ?></head>
<body <?php body_class(); ?>>
<p class="site"><a href="<?php echo esc_url(home_url('/')); ?>"><?php bloginfo('name'); ?></a></p>
<?php while (have_posts()) : the_post(); ?>
<article>
<?php if (is_singular()) : ?>
<h1><?php the_title(); ?></h1>
<p class="by-theme">By <a href="<?php echo esc_url(get_author_posts_url(get_the_author_meta('ID'))); ?>"><?php the_author(); ?></a></p>
<?php the_post_thumbnail('large'); ?>
<?php the_content(); ?>
<?php else : ?>
<h2><a href="<?php the_permalink(); ?>"><?php the_title(); ?></a></h2>
<?php the_excerpt(); ?>
<?php endif; ?>
</article>
<?php endwhile; ?>
<?php wp_footer(); ?>
</body>
</html>
