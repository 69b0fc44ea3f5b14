# Who is not signed in gets 401 as it should be; who is meets an application that answers 500 since its last release. The sign-on had trouble earlier.
visitors
sign_on 500
shop_asks_first
reload_nginx
shop_requests 4 >/dev/null
sign_on 204
shop_requests 40 0.05 >/dev/null
sleep 20
checkout_settings APP_FAIL=1
shop_requests 30
