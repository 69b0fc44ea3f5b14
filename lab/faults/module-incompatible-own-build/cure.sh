own_build_gone edge.service
