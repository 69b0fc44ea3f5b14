# A clean-up removed the socket under a running php-fpm.
visitors
rm "$BLOG_SOCK"
requests "$BLOG_SITE" / 30
