# All pools of php-fpm together may have two processes since somebody saved memory (process.max in a file beside the pools); a page of the blog takes 3 s.
visitors
printf '<?php sleep(3); echo "late\\n";\n' >"$BLOG_DIR/report.php"
printf '; Small machine: never more than two processes.\n[global]\nprocess.max = 2\n' >"${BLOG_POOL_CONF%/*}/00-small-machine.conf"
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)fastcgi_pass unix:$BLOG_SOCK;|&\n\1fastcgi_read_timeout 7s;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" /report.php 36 0.1
# Visitors go on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..600}; do curl -s -m 9 -o /dev/null -H 'Host: $BLOG_SITE' http://127.0.0.1/report.php & sleep 0.4; done; wait"
