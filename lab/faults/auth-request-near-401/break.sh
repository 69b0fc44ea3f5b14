# The sign-on service says 401, as it should: nobody is signed in, and nothing is wrong.
visitors
sign_on 401
shop_asks_first
reload_nginx
shop_requests 30
