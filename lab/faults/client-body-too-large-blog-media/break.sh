# The editors may upload films to the blog: upload_max_filesize and post_max_size of PHP were raised for them, and nginx has its own limit, of which nobody thought.
visitors
ordinary_host
blog_pool '$a php_admin_value[upload_max_filesize] = 64M' '$a php_admin_value[post_max_size] = 64M'
wait_until 10 listens_at "unix:$BLOG_SOCK"
head -c 6000000 /dev/zero >/tmp/film.mp4
{ unnoted=1 requests "$BLOG_SITE" / 20 0.05; } >/dev/null
requests "$BLOG_SITE" /wp-admin/async-upload.php 12 0.2 -X POST -F async-upload=@/tmp/film.mp4
