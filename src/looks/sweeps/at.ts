const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Of each field of a cron pattern the least and the most (crontab(5)); a Sunday is 0 or 7. */
const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const

/** "Mon 08:00" and "08:00" (every day) as a cron pattern, and a pattern of five fields as it is; null: neither. */
export function cronOf(at: string): string | null {
  const words = at.trim().split(/\s+/)
  if (words.length === 5) return words.every(isField) ? words.join(' ') : null
  const time = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(words.at(-1) ?? '')
  if (time === null || words.length > 2) return null
  const day = words.length === 1 ? '*' : days.indexOf((words[0] ?? '').slice(0, 3).toLowerCase())
  return day === -1 ? null : `${Number(time[2])} ${Number(time[1])} * * ${day}`
}

/** Lists, ranges, steps, and names of days. */
function isField(field: string, index: number): boolean {
  const [least, most] = ranges[index] ?? [0, 0]
  return field.split(',').every((part) => {
    const read = /^(?:\*|(\w{1,3})(?:-(\w{1,3}))?)(?:\/(\d{1,2}))?$/.exec(part)
    if (read === null) return false
    const [, from, to, step] = read
    const numbers = [from, to].flatMap((each) => (each === undefined ? [] : [numberOf(each, index)]))
    const [first = least, last = most] = numbers
    return numbers.every((each) => each >= least && each <= most) && first <= last && step !== '0'
  })
}

function numberOf(word: string, index: number): number {
  const day = index === 4 ? days.indexOf(word.toLowerCase()) : -1
  return day === -1 ? (/^\d+$/.test(word) ? Number(word) : -1) : day
}
