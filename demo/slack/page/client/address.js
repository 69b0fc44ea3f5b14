/** Who looks at what, kept in the address so that a reload or a second window shows the same. */
export function readAddress() {
  const query = new URLSearchParams(location.hash.slice(1))
  return { user: query.get('user') ?? '', channel: query.get('channel') ?? '', thread: query.get('thread') ?? '' }
}

export function writeAddress({ user, channel, thread }) {
  const query = new URLSearchParams({ user, channel, ...(thread ? { thread } : {}) })
  history.replaceState(null, '', `#${query}`)
}
