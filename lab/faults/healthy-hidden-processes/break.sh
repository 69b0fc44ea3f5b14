# A hardened host: /proc is mounted so that everybody sees his own processes only (hidepid= of proc(5)).
mount -o remount,hidepid=2 /proc
shop_requests 10
requests "$BLOG_SITE" / 10
requests "$WWW_SITE" / 10
