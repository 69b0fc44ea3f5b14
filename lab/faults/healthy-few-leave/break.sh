# A report takes two seconds, and four people leave before it is done; everything else is answered.
visitors
printf '<?php sleep(2); echo "report\\n";\n' >"$BLOG_DIR/report.php"
requests "$BLOG_SITE" /report.php 4 0.3 -m 1 >/dev/null
sleep 2
shop_requests 20
