export { linkAddresses } from './addresses.js'
export { linksModule } from './links.handlers.js'
export { linkUrl } from './links.rules.js'
export { createLinkRedirects, type LinkListener } from './redirects.js'
