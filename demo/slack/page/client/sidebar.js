import { byId, element } from './dom.js'

const seen = new Map()
const groups = [
  { title: 'Channels', kinds: ['public', 'private'] },
  { title: 'Direct messages', kinds: ['direct'] },
]

function unread(channel, userId, isOpen) {
  const key = `${userId} ${channel.id}`
  if (isOpen || !seen.has(key)) seen.set(key, channel.latest)
  return channel.latest > seen.get(key)
}

function sign({ kind }) {
  if (kind === 'private') return '⌂'
  return kind === 'public' ? '#' : '●'
}

/** The list of conversations on the left; bold where something new is. */
export function showChannels(view, userId, choose) {
  const lists = groups.map(({ title, kinds }) => {
    const items = view.channels
      .filter((channel) => kinds.includes(channel.kind))
      .map((channel) => {
        const isOpen = channel.id === view.channel.id
        const bold = unread(channel, userId, isOpen)
        const link = element('button', {
          className: `channel${bold ? ' unread' : ''}`,
          attributes: { type: 'button', ...(isOpen ? { 'aria-current': 'page' } : {}), 'data-channel': channel.id },
        })
        link.append(
          element('span', {
            className: `sign sign-${channel.kind}`,
            text: sign(channel),
            attributes: { 'aria-hidden': 'true' },
          }),
          element('span', { text: channel.name }),
        )
        if (bold) link.append(element('span', { className: 'hidden', text: ' (new messages)' }))
        link.addEventListener('click', () => choose(channel.id))
        return element('li', {}, [link])
      })
    return element('section', {}, [element('h2', { text: title }), element('ul', {}, items)])
  })
  const { activeElement } = document
  const focused = activeElement?.closest('#channels') ? activeElement.dataset.channel : undefined
  byId('channels').replaceChildren(...lists)
  if (focused) document.querySelector(`#channels [data-channel="${CSS.escape(focused)}"]`)?.focus()
}

/** Who acts on the page. */
export function showPeople(people, userId) {
  const select = byId('acting')
  if (select.options.length !== people.length) {
    select.replaceChildren(
      ...people.map(({ id, name, title }) =>
        element('option', { text: `${name} (${title})`, attributes: { value: id } }),
      ),
    )
  }
  select.value = userId
}
