const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** Numbers this far from the recording's own time are not taken for clock times, in seconds: 30 days. */
const reach = 30 * 24 * 3600

const two = (value: number): string => String(value).padStart(2, '0')

/**
 * Moves the clock times in a recording by whole seconds, so that a fault of last month is told as one of this minute: nginx's error and
 * access log, ISO, systemd and syslog stamps, and seconds or microseconds since the epoch near `recordedAt`. Boot-relative values stay.
 */
export function moveTimes(text: string, seconds: number, recordedAt: Date): string {
  const epoch = recordedAt.getTime() / 1000
  const isNear = (at: number): boolean => Math.abs(at - epoch) < reach
  return text
    .replace(
      /\b(?:(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) )?(\d{4})([-/])(\d\d)\2(\d\d)([ T])(\d\d):(\d\d):(\d\d)\b/g,
      (whole, y, dash, mo, d, gap, h, mi, s) => {
        const at = Date.UTC(+y, +mo - 1, +d, +h, +mi, +s) / 1000
        if (!isNear(at)) return whole
        const moved = new Date((at + seconds) * 1000)
        const weekday = /^[A-Z]/.test(whole) ? `${days[moved.getUTCDay()]} ` : ''
        return `${weekday}${dateOf(moved, dash)}${gap}${timeOf(moved)}`
      },
    )
    .replace(/\b(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)\b/g, (whole, d, month, y, h, mi, s) => {
      const at = Date.UTC(+y, months.indexOf(month), +d, +h, +mi, +s) / 1000
      if (!isNear(at)) return whole
      const moved = new Date((at + seconds) * 1000)
      return `${two(moved.getUTCDate())}/${months[moved.getUTCMonth()]}/${moved.getUTCFullYear()}:${timeOf(moved)}`
    })
    .replace(/\b([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)\b(?! \d{4})/g, (whole, month, d, h, mi, s) => {
      const at = Date.UTC(recordedAt.getUTCFullYear(), months.indexOf(month), +d, +h, +mi, +s) / 1000
      if (!isNear(at)) return whole
      const moved = new Date((at + seconds) * 1000)
      return `${months[moved.getUTCMonth()]} ${String(moved.getUTCDate()).padStart(2)} ${timeOf(moved)}`
    })
    .replace(/(?<![\w.])(\d{10})(\d{6})?(?![\w])/g, (whole, whole10: string, micros: string | undefined) =>
      isNear(+whole10) ? `${+whole10 + seconds}${micros ?? ''}` : whole,
    )
}

function dateOf(at: Date, dash: string): string {
  return [at.getUTCFullYear(), two(at.getUTCMonth() + 1), two(at.getUTCDate())].join(dash)
}

function timeOf(at: Date): string {
  return [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':')
}
