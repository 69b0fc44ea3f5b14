# A clean-up script gave everything below /run/php to root (chown -R), with the socket of the running php-fpm; its own configuration is right.
visitors
chown -R root:root "${BLOG_SOCK%/*}"
requests "$BLOG_SITE" / 30
