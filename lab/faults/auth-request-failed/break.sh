# The sign-on service lost its database and answers 500 to every question.
visitors
sign_on 500
shop_asks_first
reload_nginx
shop_requests 30
