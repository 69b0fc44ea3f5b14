/** What the facts of a diagnosis tell of the effect of an action, beside the state that its guard names. Paths and names come from a host. */
export interface Outlook {
  /** Connections that are open to what would be interrupted; null: not seen. */
  readonly connections: number | null
  /**
   * What a reload or restart of nginx brings into force beside the files that the finding is about; null: it could not be seen.
   * Empty for actions that load no configuration of nginx.
   */
  readonly alsoLoads: readonly LoadedFile[] | null
}

/** A part of the configuration on disk that changed after the running configuration was loaded. */
export interface LoadedFile {
  readonly path: string
  /** Of a directory: something was added to it or taken out of it. */
  readonly kind: 'file' | 'link' | 'directory'
  /** ISO, by the host's clock. */
  readonly changedAt: string
  /** The account that owns it; null: not seen. */
  readonly owner: string | null
  /** The program or repository that writes it: "Ansible", "git"; null: nothing says so. */
  readonly author: string | null
}

export const nothingSeen: Outlook = { connections: null, alsoLoads: null }

/** "also loads 2 files changed by others: /etc/nginx/a.conf (owner deploy), /etc/nginx/b.conf"; null when it loads nothing else. */
export function alsoLoadsWords(files: readonly LoadedFile[] | null, most = 3): string | null {
  if (files === null) return 'may also load changes that could not be seen'
  if (files.length === 0) return null
  const named = files.slice(0, most).map(fileWords)
  const rest = files.length > most ? ` and ${files.length - most} more` : ''
  const what = files.every(({ kind }) => kind !== 'directory') ? 'file' : 'change'
  return `also loads ${files.length} ${what}${files.length === 1 ? '' : 's'} ${what === 'file' ? 'changed' : 'made'} by others: ${named.join(', ')}${rest}`
}

/** One long path must not push the others out of view. */
const longest = 70

function fileWords({ path: whole, kind, owner, author }: LoadedFile): string {
  const path = whole.length > longest ? `...${whole.slice(3 - longest)}` : whole
  const by = author === null ? null : `written by ${author}`
  // Nearly every file of a configuration is root's, which tells nothing.
  const of = owner === null || owner === 'root' ? null : `owner ${owner}`
  const said = [kind === 'directory' ? 'entries' : null, by ?? of].filter((word) => word !== null)
  return said.length === 0 ? path : `${path} (${said.join(', ')})`
}
