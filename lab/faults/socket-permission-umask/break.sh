# A security review wanted files that nobody else may read, and a stricter umask went into the application's command line; the socket is a file as well.
visitors
case $SHOP_KIND in
uwsgi-unix) checkout_command "$(checkout_at "$SHOP_ADDRESS" | sed 's|--chmod-socket=666|--umask 077|')" ;;
*) checkout_command "$(checkout_at "$SHOP_ADDRESS" | sed 's|--workers 1|--umask 077 &|')" ;;
esac
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 30
