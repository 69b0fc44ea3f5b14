# The socket is for the application's group only. www-data was put into that group, but the workers that run were started before it.
visitors
case $SHOP_KIND in
uwsgi-unix) checkout_command "$(checkout_at "$SHOP_ADDRESS" | sed 's|--chmod-socket=666|--chmod-socket=660|')" ;;
*) checkout_command "$(checkout_at "$SHOP_ADDRESS" | sed 's|--workers 1|--umask 007 &|')" ;;
esac
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
usermod --append --groups "$SHOP_USER" www-data
shop_requests 30
