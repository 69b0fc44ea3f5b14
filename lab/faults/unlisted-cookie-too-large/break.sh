# A script for advertisements sets one cookie after the other, until the browsers of regular customers send 10 kB of them: nginx takes no such request.
visitors
shop_requests 5 0.1 -H 'Cookie: session=7' >/dev/null
shop_requests 30 0.1 -H "Cookie: session=7; seen=$(printf 'a%.0s' {1..10000})"
