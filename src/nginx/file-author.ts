/** A program that writes a configuration file, so that a change by hand does not last. */
export interface FileAuthor {
  readonly name: string
  /** Where the change belongs, as the end of a sentence. */
  readonly instead: string
}

/** Comment lines at the beginning of a file in which a generator names itself. */
const HEADER_LINES = 30

const MARKS: readonly { readonly mark: RegExp; readonly author: FileAuthor }[] = [
  {
    mark: /\bansible\b/i,
    author: { name: 'Ansible', instead: 'change the template or the variables in its playbook' },
  },
  { mark: /\bpuppet\b/i, author: { name: 'Puppet', instead: 'change the manifest or the Hiera data' } },
  { mark: /\bchef\b|\bchef-client\b/i, author: { name: 'Chef', instead: 'change the cookbook or its attributes' } },
  { mark: /\bsalt(?:stack)?\b/i, author: { name: 'Salt', instead: 'change the state or the pillar' } },
  { mark: /\bcloud-init\b/i, author: { name: 'cloud-init', instead: "change the instance's user data" } },
  { mark: /\bterraform\b/i, author: { name: 'Terraform', instead: 'change the module that makes it' } },
  { mark: /\bplesk\b/i, author: { name: 'Plesk', instead: 'change it in the panel (Additional nginx directives)' } },
  {
    mark: /\bcpanel\b|\bea-nginx\b/i,
    author: { name: 'cPanel', instead: 'change it in an include of ea-nginx, or in the panel' },
  },
  { mark: /\bispconfig\b/i, author: { name: 'ISPConfig', instead: "change it in the site's nginx directives" } },
  { mark: /\bhestia(?:cp)?\b|\bvesta(?:cp)?\b/i, author: { name: 'Hestia', instead: 'change its template' } },
  { mark: /\bdirectadmin\b/i, author: { name: 'DirectAdmin', instead: 'change its custom template' } },
  {
    mark: /\bnginx-proxy\b|\bdocker-gen\b/i,
    author: { name: 'nginx-proxy', instead: "change the containers' environment or its vhost.d" },
  },
  { mark: /\bcertbot\b/i, author: { name: 'certbot', instead: 'change it through certbot' } },
  {
    mark: /do not (?:edit|modify|change)|(?:auto(?:matically)?[ -]?)?generated (?:by|from|automatically|file)|managed by|will be (?:overwritten|lost)/i,
    author: { name: 'a program', instead: 'change what generates it, as its first lines say' },
  },
]

/** Folders and names that only a panel or a generator writes. */
const PATHS: readonly { readonly path: RegExp; readonly author: string }[] = [
  { path: /^\/etc\/nginx\/plesk\.conf\.d\/|^\/var\/www\/vhosts\/system\/[^/]+\/conf\//, author: 'Plesk' },
  { path: /^\/etc\/nginx\/conf\.d\/(?:users\/|ea-nginx)|^\/var\/cpanel\//, author: 'cPanel' },
  { path: /^\/etc\/nginx\/sites-(?:available|enabled)\/(?:\d+-)?[^/]+\.vhost$/, author: 'ISPConfig' },
  { path: /^\/home\/[^/]+\/conf\/web\//, author: 'Hestia' },
  { path: /^\/usr\/local\/directadmin\//, author: 'DirectAdmin' },
  { path: /^\/www\/server\/panel\/vhost\//, author: 'aaPanel' },
  { path: /^\/data\/nginx\/proxy_host\//, author: 'Nginx Proxy Manager' },
  { path: /^\/etc\/nginx-rc\//, author: 'RunCloud' },
]

/** Who writes the file, by its path or by the comments at its beginning; null when nothing says so. */
export function fileAuthor(path: string, text: string): FileAuthor | null {
  const panel = PATHS.find((each) => each.path.test(path))?.author
  if (panel !== undefined) {
    const known = MARKS.find(({ author }) => author.name === panel)?.author
    return known ?? { name: panel, instead: 'change it in the panel' }
  }
  const header = headerOf(text)
  return MARKS.find(({ mark }) => mark.test(header))?.author ?? null
}

/** The comments before the first directive; a word further down is talk about a directive. */
function headerOf(text: string): string {
  const lines = text.slice(0, 8192).split('\n').slice(0, HEADER_LINES)
  const end = lines.findIndex((line) => !/^\s*(?:#|$)/.test(line))
  return (end < 0 ? lines : lines.slice(0, end)).join('\n')
}
