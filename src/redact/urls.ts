import { placeholder } from './placeholder.ts'

/** scheme://user:password@host; the password reaches to the last @ of the authority, and neither part crosses a slash. */
const inUrl = /(:\/\/[^\s/:@"'<>?#]*:)([^\s/"'<>?#]+)(?=@[\w[.$%-])/g
/** user:password@tcp(host:port)/db, the data source name of Go's MySQL driver. */
const inSourceName = /(?<![\w.-])([\w.-]+:)([^\s/"'<>@]+)(?=@(?:tcp|unix)\()/g

/** Passwords inside URLs and data source names; user and host stay. */
export function redactUrlPasswords(text: string): string {
  return text
    .replace(inUrl, (whole, before: string, password: string) => hidden(whole, before, password))
    .replace(inSourceName, (whole, before: string, password: string) => hidden(whole, before, password))
}

function hidden(whole: string, before: string, password: string): string {
  // nginx and shell templates: the variable says where the password comes from.
  return /^\$\{?\w+\}?$/.test(password) ? whole : `${before}${placeholder('password')}`
}
