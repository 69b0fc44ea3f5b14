ip netns exec backend nft delete table ip gate
