ip6tables -I INPUT -i lo -j ACCEPT
