import { parsed, unusable } from '../diagnosis/fact.ts'
import { type FileSystem, readFileSystem, readMount } from './disk.ts'
import { type Section, sections } from './lines.ts'
import { nginxPathsScript } from './nginx-paths-script.ts'
import { defineProbe } from './probe.ts'
import type { PathComponent } from './socket-paths.ts'

/** A folder that nginx writes to, with all that can keep it from doing so. */
export interface NginxPath {
  /** "client-body", "proxy", "fastcgi", "uwsgi", "scgi": where answers and uploads are put while they are on their way. */
  readonly use: 'client-body' | 'proxy' | 'fastcgi' | 'uwsgi' | 'scgi' | 'cache' | 'log'
  readonly path: string
  /** From "/" down to the folder, as far as it is there and we may look. */
  readonly components: readonly PathComponent[]
  readonly missing: string | null
  readonly hidden: string | null
  /** What stands inside, three levels down at most, and does not belong to the workers' user: twenty of them, the outer ones first. */
  readonly foreign: readonly PathComponent[]
  /** We may not look inside ourselves. */
  readonly closed: boolean
  readonly fileSystem: FileSystem | null
  /** As the mount is seen by the workers where `view` is theirs. */
  readonly readOnly: boolean | null
}

export interface NginxPaths {
  /** The user that the workers run as, else the one they would. */
  readonly user: string
  /** Of a worker that runs, else those that its user has by now. */
  readonly groups: readonly string[]
  /** A unit may have mounts of its own (ReadOnlyPaths=, PrivateTmp=): whether the workers' were read, or only our session's. */
  readonly view: 'workers' | 'session'
  readonly paths: readonly NginxPath[]
}

/**
 * The temporary folders, caches and log folders of nginx: mode and owner of every component, space, inodes, and whether the mount is
 * read-only for the workers. Asked before `nginx -T`, which gives temporary folders back to the workers' user (ngx_create_paths).
 *
 * Sample (nginx 1.22.1, Debian 12):
 *     @user www-data workers
 *     @groups www-data
 *     @running www-data
 *     @path proxy /var/lib/nginx/proxy
 *     drwxr-xr-x root root /
 *     drwx------ www-data root /var/lib/nginx/proxy
 *     acl /var/lib/nginx
 *     foreign drwx------ nobody nogroup /var/lib/nginx/proxy/3
 *     fs tmpfs 2048 2048 0 100% /var/lib/nginx
 *     inodes 12 100%
 *     mount tmpfs /var/lib/nginx tmpfs rw,relatime,size=2048k 0 0
 */
export const nginxPaths = defineProbe({
  id: 'nginx-paths',
  command: 'namei -l, df and mount of the temporary, cache and log folders of nginx',
  seconds: 4,
  cap: 65_536,
  script: nginxPathsScript,
  parse(capture) {
    if (capture.exitCode === 4) return unusable('nginx runs with files of its own')
    if (capture.truncated) return unusable('the list of folders was cut')
    const parts = sections(capture.stdout, ['user', 'groups', 'running', 'path'])
    const [user, view] = (parts.find((part) => part.name === 'user')?.rest ?? '').split(' ')
    const paths = parts.filter((part) => part.name === 'path').flatMap(readPath)
    if (!user || paths.length === 0) return unusable('no folder of nginx was found')
    const groups = parts.find((part) => part.name === 'running') ?? parts.find((part) => part.name === 'groups')
    return parsed<NginxPaths>({
      user,
      groups: (groups?.rest ?? '').split(' ').filter(Boolean),
      view: view === 'workers' ? 'workers' : 'session',
      paths,
    })
  },
})

const uses: readonly NginxPath['use'][] = ['client-body', 'proxy', 'fastcgi', 'uwsgi', 'scgi', 'cache', 'log']

function readPath({ rest, body }: Section): NginxPath[] {
  const use = uses.find((each) => rest.startsWith(`${each} `))
  if (use === undefined) return []
  const after = (word: string): string | null =>
    body.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? null
  const inodes = Number(/ (\d+)%$/.exec(after('inodes') ?? '')?.[1] ?? NaN)
  const lists = new Set(body.flatMap((line) => /^acl (\/.*)$/.exec(line)?.[1] ?? []))
  const space = readFileSystem(after('fs') ?? '')
  return [
    {
      use,
      path: rest.slice(use.length + 1),
      components: body
        .flatMap(readComponent)
        .map((each) => (lists.has(each.path) ? { ...each, mode: `${each.mode}+` } : each)),
      missing: after('missing'),
      hidden: after('hidden'),
      foreign: body.filter((line) => line.startsWith('foreign ')).flatMap((line) => readComponent(line.slice(8))),
      closed: body.includes('closed'),
      fileSystem: space && { ...space, inodesUsedPercent: Number.isNaN(inodes) ? null : inodes },
      readOnly: readMount(after('mount') ?? '')[0]?.readOnly ?? null,
    },
  ]
}

function readComponent(line: string): PathComponent[] {
  const match = /^([a-z-][rwxsStT.+-]{9,10}) (\S+) (\S+) (\/.*)$/.exec(line)
  return match ? [{ mode: match[1] ?? '', owner: match[2] ?? '', group: match[3] ?? '', path: match[4] ?? '' }] : []
}
