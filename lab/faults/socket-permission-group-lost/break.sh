# nginx reached the socket as a member of the application's group; `usermod -G` without -a gave www-data another group instead of one more, and the next reload made it count.
case $SHOP_KIND in
uwsgi-unix) checkout_command "$(checkout_at "$SHOP_ADDRESS" | sed 's|--chmod-socket=666|--chmod-socket=660|')" ;;
*) checkout_command "$(checkout_at "$SHOP_ADDRESS" | sed 's|--workers 1|--umask 007 &|')" ;;
esac
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
usermod --append --groups "$SHOP_USER" www-data
reload_nginx
visitors
shop_requests 3 >/dev/null
usermod --groups adm www-data
reload_nginx
shop_requests 30
