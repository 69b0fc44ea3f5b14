# One page of seventy requests is a script that was deleted.
keep "$BLOG_CONF"
requests "$BLOG_SITE" / 70 0.05 &
sleep 1
requests "$BLOG_SITE" /archive.php 1
wait
