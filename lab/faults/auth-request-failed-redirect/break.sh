# The sign-on service was made for browsers: it sends those who are not signed in to a login page instead of saying 401.
visitors
sign_on 302 'Location: https://login.example.com/'
shop_asks_first
reload_nginx
shop_requests 30
