/** The element with this id; a page without it is broken, so say which. */
export function byId(id) {
  const found = document.querySelector(`#${id}`)
  if (!found) throw new Error(`the page has no #${id}`)
  return found
}

/** Makes an element. Texts go in as text, never as HTML. */
export function element(tag, { text, className, attributes = {} } = {}, children = []) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

export function dark() {
  return matchMedia('(prefers-color-scheme: dark)').matches
}
