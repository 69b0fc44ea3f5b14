/** First parts of paths that scanners ask every address for, whatever is served there: well-known programs, hidden files, scripts and copies. */
const guessed =
  /^\/(?:wp-|wordpress|\.|cgi-bin|vendor|phpmyadmin|pma|phpunit|xmlrpc|owa|ecp|actuator|boaform|hnap1|solr|manager|autodiscover|_ignition|server-status|console|geoserver|jenkins|shell|admin|login)|\.(?:php\d?|aspx?|jsp|cgi|env|bak|old|sql|zip|gz|ya?ml|git)$/i

export function isGuessed(segment: string): boolean {
  return guessed.test(segment)
}
