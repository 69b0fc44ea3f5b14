# The sign-on service is stopped: that is the fault, the 500 of auth_request follows from it.
visitors
sign_on 204
shop_asks_first
reload_nginx
shop_requests 4 >/dev/null
systemctl stop sign-on.service
shop_requests 30
