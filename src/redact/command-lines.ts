import { placeholder } from './placeholder.ts'

/** Options of common programs that take a password without saying so: `mysql -pX`, `curl -u user:X`, `redis-cli -a X`, `sshpass -p X`. */
const options: readonly RegExp[] = [
  /(\b(?:mysql|mariadb)(?:dump|admin|check|import)?\b[^\n|;]{0,300}? -p)([^\s"']+)/g,
  /(\b(?:curl|wget|http)\b[^\n|;]{0,300}? (?:-u|-U|--user|--proxy-user)[ =]?["']?[^\s:"']+:)([^\s"']+)/g,
  /(\bredis-cli\b[^\n|;]{0,300}? -a[ =]?)([^\s"']+)/g,
  /(\bsshpass\b -p ?["']?)([^\s"']+)/g,
]

export function redactCommandLines(text: string): string {
  return options.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (whole, before: string, value: string) =>
        value.startsWith('<redacted:') || value.startsWith('$') ? whole : `${before}${placeholder('password')}`,
      ),
    text,
  )
}
