import type { Rights, RightsJudged } from './rights.ts'

/** Lines of `doctor` about one user of a host: what it may, what is missing, and what it should not be able to do. */
export function rightsText({ user }: Rights, { may, missing, beyond }: RightsJudged): readonly string[] {
  const proven =
    beyond.length === 0
      ? '. It may do nothing else as root: not stop, disable, edit or kill anything, and read no file'
      : ''
  return [
    may.length === 0
      ? `${user} may run nothing as root${proven}`
      : `${user} may run as root: ${may.join(', ')}${proven}`,
    ...(missing.length === 0 ? [] : [`${user} may not run, although it is wanted: ${missing.join(', ')}`]),
    ...beyond.map((what) => `${user} can do more than it should: ${what}`),
  ]
}
