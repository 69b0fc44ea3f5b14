import { readAddress, writeAddress } from './address.js'
import { wireComposer } from './compose.js'
import { askConfirm } from './confirm.js'
import { byId, dark, element } from './dom.js'
import { showMessages } from './list.js'
import { showModal } from './modal.js'
import { showPhone, startClock } from './phone.js'
import { showChannels, showPeople } from './sidebar.js'

let where = readAddress()
let view
let loading = false
let again = false
let drawnFor = ''

const composer = wireComposer(byId('composer'), (text) => void send(text, ''))
const reply = wireComposer(byId('reply'), (text) => void send(text, where.thread))

/** Asks for what is to be seen now. Changes that come meanwhile lead to one more round, not to many. */
function refresh() {
  if (loading) again = true
  else load().catch((error) => toast(`The page lost its server: ${error.message}`))
}

async function load() {
  loading = true
  try {
    const query = new URLSearchParams({ ...where, theme: dark() ? 'dark' : 'light' })
    const answer = await fetch(`/view?${query}`)
    view = await answer.json()
    show()
  } finally {
    loading = false
  }
  if (again) {
    again = false
    refresh()
  }
}

function show() {
  const user = view.people.some(({ id }) => id === where.user) ? where.user : view.people[0].id
  where = { user, channel: view.channel.id, thread: view.thread?.ts ?? '' }
  writeAddress(where)
  const { kind, name, topic, members } = view.channel
  const title = kind === 'direct' ? name : `#${name}`
  byId('team').textContent = view.team
  byId('channel-name').textContent = title
  byId('channel-topic').textContent =
    kind === 'direct' ? 'Direct message' : `${kind === 'private' ? 'Private · ' : ''}${members} members · ${topic}`
  document.title = `${title} · ${view.team} (stand-in)`
  composer.placeholder(`Message ${title}, or a command: /nginx …`)
  reply.placeholder(`Reply… mention @${view.bot} to ask it here`)

  showChannels(view, user, (channel) => go({ channel, thread: '' }))
  showPeople(view.people, user)
  showPhone(view, user, ({ channel, threadTs }) => go({ channel, thread: threadTs ?? '' }))
  const key = `${user} ${where.channel}`
  showMessages(byId('messages'), view.messages, { jump: drawnFor.split('/')[0] !== key })
  byId('messages').classList.toggle('empty', view.messages.length === 0)
  byId('thread').hidden = !view.thread
  byId('shell').classList.toggle('with-thread', Boolean(view.thread))
  if (view.thread) {
    byId('thread-channel').textContent = title
    // The answer and its button are the first reply; what was seen comes below.
    showMessages(byId('replies'), view.thread.messages, { jump: drawnFor !== `${key}/${where.thread}`, from: 'start' })
    byId('status').textContent = view.thread.status ? `${view.bot} ${view.thread.status}` : ''
  }
  showModal(view.modal, {
    submit: (values) => void answerWindow('/do/submit', { values }),
    close: () => void answerWindow('/do/close', {}),
  })
  drawnFor = `${key}/${where.thread}`
}

function go(change) {
  where = { ...where, ...change }
  refresh()
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: where.user, channel: where.channel, ...body }),
  })
  return answer.ok ? answer.json() : { outcome: 'failed', reason: await answer.text() }
}

async function send(text, thread) {
  const done = await post('/do/type', { text, thread })
  if (done.outcome === 'failed' && !text.startsWith('/')) toast(`${view.bot} could not be reached: ${done.reason}`)
}

async function answerWindow(path, body) {
  const done = await post(path, body)
  if (done.outcome === 'timed-out' || done.outcome === 'failed' || done.outcome === 'refused')
    toast('We had some trouble connecting. Try again?')
}

function toast(text) {
  const box = byId('toast')
  box.textContent = text
  box.hidden = false
  clearTimeout(toast.timer)
  toast.timer = setTimeout(() => {
    box.hidden = true
  }, 6000)
}

async function press(button, ts) {
  const message = [...view.messages, ...(view.thread?.messages ?? [])].find((one) => one.ts === ts)
  const { action = button.id, block } = button.dataset
  const known = message?.buttons.find((one) => one.action === action && (!block || one.block === block))
  if (!known) return
  if (known.confirm && !(await askConfirm(known.confirm))) return
  if (known.url) window.open(known.url, '_blank', 'noopener')
  button.classList.add('pressed')
  const done = await post('/do/press', { ts, action, block: known.block })
  button.classList.remove('pressed')
  if (done.outcome === 'timed-out') toast(`${view.bot} did not answer within three seconds.`)
  if (done.outcome === 'failed') toast(`${view.bot} answered with an error: ${done.reason}`)
}

async function takeShortcut(shortcut, ts) {
  const done = await post('/do/shortcut', { ts, shortcut })
  if (done.outcome !== 'acked') toast(`${view.bot} did not answer.`)
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button')
  const ts = button?.closest('[data-ts]')?.dataset.ts
  if (!button || !ts) return
  if (button.dataset.shortcut) void takeShortcut(button.dataset.shortcut, ts)
  else if (button.dataset.thread) go({ thread: button.dataset.thread })
  else press(button, ts).catch((error) => toast(error.message))
})
byId('thread-close').addEventListener('click', () => {
  go({ thread: '' })
  byId('composer-text').focus()
})
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && where.thread && !byId('confirm').open) go({ thread: '' })
})
byId('acting').addEventListener('change', ({ target }) => go({ user: target.value }))
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', refresh)

async function showSetting() {
  const { banner, hints } = await (await fetch('/setting')).json()
  // Made by the page's server from escaped text.
  byId('banner').innerHTML = banner
  byId('banner').hidden = !banner
  const chips = hints.map(({ text, about }) => {
    const chip = element('button', { className: 'chip', attributes: { type: 'button', title: about } }, [
      element('span', { className: 'chip-text', text }),
      element('span', { className: 'chip-about', text: about }),
    ])
    chip.addEventListener('click', () => composer.fill(text))
    return chip
  })
  byId('hints').replaceChildren(...chips)
}

const events = new EventSource('/events')
events.addEventListener('message', refresh)
events.addEventListener('open', refresh)
startClock()
await showSetting()
await load()
byId('composer-text').focus()
