ip netns exec backend conntrack -F >/dev/null 2>&1
