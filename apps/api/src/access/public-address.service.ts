/** The address under which people reach the site, for links that are handed to them. */
export class PublicAddress {
  /** @param url as the settings say; set anew when the server had to take another port */
  constructor(public url: string) {}
}
