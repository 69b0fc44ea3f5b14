# The location that asks the sign-on service got the limit that was meant for its login page: who is refused there gets 500 on every page of the shop.
visitors
sign_on 200
shop_asks_first
http_directive 'limit_req_zone $binary_remote_addr zone=logins:1m rate=3r/s;'
shop_with 's|^\([ \t]*\)location = /_sign-on {|&\n\1    limit_req zone=logins burst=2 nodelay;|'
reload_nginx
shop_requests 40 0.05
