# Redis is stopped and not used by this application, which fails for reasons of its own.
systemctl enable -q --now redis-server.service
visitors
systemctl stop redis-server.service
checkout_settings APP_FAIL=1
shop_requests 30
