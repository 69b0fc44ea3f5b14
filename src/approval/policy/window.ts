import type { Window } from './policy.ts'

const DAY = 24 * 60

/** Whether this moment lies in one of these weekly times, each by the clock of its own zone. */
export function isWithin(windows: readonly Window[], at: Date): boolean {
  return windows.some((window) => {
    const { day, minute } = clockIn(window.zone, at)
    const spans = window.to <= window.from
    if (!spans) return window.days.includes(day) && minute >= window.from && minute < window.to
    const before = (day + 6) % 7
    return (
      (window.days.includes(day) && minute >= window.from && minute < DAY) ||
      (window.days.includes(before) && minute < window.to)
    )
  })
}

/** "Sat 02:00-05:00 Europe/Berlin" */
export function windowWords({ days: on, from, to, zone }: Window): string {
  return `${on.map((day) => days[day] ?? '').join(' ')} ${clock(from)}-${clock(to)} ${zone}`
}

export const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function clockIn(timeZone: string, at: Date): { readonly day: number; readonly minute: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ''
  return {
    day: days.findIndex((name) => name === part('weekday')),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  }
}
