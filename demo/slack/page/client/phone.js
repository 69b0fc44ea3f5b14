import { byId, element } from './dom.js'

let shown = ''

function clock() {
  const now = new Date()
  const time = new Intl.DateTimeFormat(navigator.language, { hour: '2-digit', minute: '2-digit' }).format(now)
  byId('phone-clock').textContent = time.replace(/ ?[AP]M$/i, '')
}

/** The lock screen of the acting person's phone: what a new message that calls them would say there. */
export function showPhone({ people, notifications }, userId, open) {
  const owner = people.find(({ id }) => id === userId)
  byId('phone-owner').textContent = owner ? `${owner.name.split(' ')[0]}’s phone` : ''
  clock()
  const key = JSON.stringify([userId, notifications])
  if (key === shown) return
  shown = key
  const cards = notifications.map((one) => {
    const card = element('button', { className: 'note', attributes: { type: 'button' } }, [
      element('span', { className: 'note-title', text: one.title }),
      element('span', { className: 'note-text', text: one.text }),
    ])
    card.addEventListener('click', () => open(one))
    return card
  })
  const none = element('p', { className: 'note-none', text: 'No notifications' })
  byId('phone-notes').replaceChildren(...(cards.length > 0 ? cards : [none]))
}

export function startClock() {
  setInterval(clock, 20_000)
}
