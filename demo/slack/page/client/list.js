import { fillDates } from './dates.js'
import { element } from './dom.js'

/** HTML per node, to see which messages changed. */
const drawn = new WeakMap()

function draw(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  const node = template.content.querySelector('[data-ts]') ?? element('article')
  drawn.set(node, html)
  fillDates(node)
  return node
}

/** The pressed or focused button keeps the focus when its message is drawn anew. */
function keepFocus(old, node) {
  const { activeElement } = document
  if (!old.contains(activeElement)) return
  const { action } = activeElement.dataset
  const same = [...node.querySelectorAll('button')].find((button) => action && button.dataset.action === action)
  ;(same ?? node.closest('[tabindex]') ?? document.body).focus({ preventScroll: true })
}

/**
 * Brings a list of messages up to date; only changed ones are drawn. Follows the end while the reader is at the end. `jump`: another
 * channel or thread is shown, from its start or its end; a reader at the start is never carried away from it.
 */
export function showMessages(list, messages, { jump, from = 'end' }) {
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80
  const atEnd = from === 'end' ? jump || wasAtEnd : !jump && wasAtEnd && list.scrollTop > 0
  const present = new Map([...list.querySelectorAll(':scope > [data-ts]')].map((node) => [node.dataset.ts, node]))
  const wanted = messages.map(({ ts, html }) => {
    const old = present.get(ts)
    present.delete(ts)
    if (old && drawn.get(old) === html) return old
    const node = draw(html)
    if (old) {
      old.replaceWith(node)
      keepFocus(old, node)
    }
    return node
  })
  for (const gone of present.values()) gone.remove()
  for (const [index, node] of wanted.entries()) {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null)
  }
  if (atEnd) list.scrollTop = list.scrollHeight
  else if (jump) list.scrollTop = 0
}
