/** The prefix of the ids of contracts in open releases, as the settings say. */
export class OcidPrefix {
  constructor(readonly text: string) {}
}
