/** What a user of a host is and may do as root without a password, by `id` and `sudo -n -l`. */
export interface Rights {
  readonly user: string
  readonly uid: number
  readonly groups: readonly string[]
  /** As sudo lists them: "/usr/bin/ss -Htanp", "ALL", denied ones with "!" in front. */
  readonly commands: readonly string[]
}

/** What the rights are, held against what is needed. */
export interface RightsJudged {
  /** "ss -Htanp": of what is needed. */
  readonly may: readonly string[]
  /** Needed and not allowed. */
  readonly missing: readonly string[]
  /** Allowed and not needed: more than this user should have. */
  readonly beyond: readonly string[]
}

/** Reads the answer of rightsScript. Null: it is none. */
export function readRights(stdout: string): Rights | null {
  const said = (key: string): readonly string[] =>
    stdout.split('\n').flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1).trim()] : []))
  const [user] = said('user')
  const [uid] = said('uid')
  if (!user || uid === undefined || !/^\d+$/.test(uid)) return null
  const groups = (said('groups')[0] ?? '').split(' ').filter(Boolean)
  return { user, uid: Number(uid), groups, commands: said('may').filter(Boolean) }
}

/** Asks only. The list of sudo is in GM_SUDO for scripts in which the word as_root stands (batch-shell.ts). */
export const rightsScript = `# as_root
printf 'user %s\\nuid %s\\ngroups %s\\n' "$(id -un)" "$(id -u)" "$(id -Gn)"
printf '%s\\n' "$GM_SUDO" | sed 's/^/may /'`

/** Groups that are as good as root: a member becomes it without asking anybody. */
const rootLike = [
  'root',
  'sudo',
  'wheel',
  'admin',
  'docker',
  'lxd',
  'incus',
  'incus-admin',
  'libvirt',
  'disk',
  'shadow',
  'podman',
]

/** Holds rights against the lines of a sudoers file; of several paths of one command any does. Pure. */
export function judgeRights({ uid, user, groups, commands }: Rights, needed: readonly string[]): RightsJudged {
  const lines = new Set(needed.map(plain))
  const words = [...new Set(needed.map((line) => wordsOf(plain(line))))]
  const listed = commands.map(plain)
  const free = listed.filter((line) => !line.startsWith('!'))
  const everything = uid === 0 || free.includes('ALL')
  const may = words.filter((word) => everything || free.some((line) => wordsOf(line) === word))
  const groupsBeyond = groups.filter((group) => rootLike.includes(group) && group !== user)
  return {
    may,
    missing: words.filter((word) => !may.includes(word)),
    beyond: [
      ...(uid === 0 ? ['it is root: everything'] : []),
      ...free.filter((line) => !lines.has(line)).map((line) => (line === 'ALL' ? 'everything (ALL)' : line)),
      ...(uid === 0 ? [] : groupsBeyond.map((group) => `whatever group ${group} gives, which is as good as root`)),
    ],
  }
}

/** Backslashes are those of the file and of its matcher; "" stands for: without any argument. */
function plain(line: string): string {
  return line.replaceAll('\\', '').replace(/ ""$/, '').trim()
}

/** "/usr/sbin/nginx -T" and "/opt/nginx/sbin/nginx -T" are one thing to be able to do. */
function wordsOf(line: string): string {
  return line.replace(/^\S*\//, '')
}
