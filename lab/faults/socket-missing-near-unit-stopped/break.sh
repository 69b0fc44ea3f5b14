# Stopping php-fpm removes its socket: the missing file is the symptom.
visitors
systemctl stop "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
