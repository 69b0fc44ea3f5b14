const day = { weekday: 'long', month: 'long', day: 'numeric' }
const forms = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { ...day, year: 'numeric' },
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
}

function pretty(name, at) {
  const plain = name.replace(/_pretty$/, '')
  if (plain === 'ago') return ago(at)
  const form = forms[plain]
  if (!form) return undefined
  if (name.endsWith('_pretty')) {
    const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000)
    if (days === 0) return 'today'
    if (days === -1) return 'yesterday'
  }
  return new Intl.DateTimeFormat(navigator.language, form).format(at)
}

function ago(at) {
  const seconds = Math.round((at - Date.now()) / 1000)
  const format = new Intl.RelativeTimeFormat(navigator.language)
  if (Math.abs(seconds) < 90) return format.format(seconds, 'second')
  return Math.abs(seconds) < 5400
    ? format.format(Math.round(seconds / 60), 'minute')
    : format.format(Math.round(seconds / 3600), 'hour')
}

/** Slack's date tokens in the reader's own zone and language. */
export function fillDates(root) {
  for (const time of root.querySelectorAll('time[data-format]')) {
    const at = new Date(time.dateTime)
    time.textContent = time.dataset.format.replaceAll(/\{(?<name>\w+)\}/g, (all, name) => pretty(name, at) ?? all)
    time.title = at.toString()
  }
}
