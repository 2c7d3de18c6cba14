/** The subjects of a part in compact columns: some 40 bytes each, however many entries they have. */
import type { CopiedRows } from './copied-rows';

const idBytes = 16;

export class WalkedSubjects {
  size = 0;
  /** Those that the subjects live in, one after the other. */
  readonly paths: string[] = [];
  /** Each path is that of the subjects from here on. */
  readonly begins: number[] = [];
  private readonly editions: string[] = [];
  private room = 0;
  private ids = Buffer.alloc(0);
  private scores = new Float64Array(0);
  private by = new Int32Array(0);
  private later = new Uint8Array(0);

  /** @param rows of `copySubjects` */
  addAll(rows: CopiedRows): void {
    while (rows.next()) {
      if (this.size === this.room) this.grow();
      const at = this.size++;
      rows.bytes.copy(this.ids, at * idBytes, rows.at[0], rows.at[0] + idBytes);
      const path = rows.text(1);
      if (path !== this.paths.at(-1)) {
        this.paths.push(path);
        this.begins.push(at);
      }
      this.scores[at] = rows.double(2);
      this.by[at] = rows.size[3] < 0 ? -1 : this.placeOf(rows.text(3));
      this.later[at] = rows.size[4] < 0 ? 0 : rows.int(4);
    }
  }

  id(at: number): string {
    const hex = this.ids.toString('hex', at * idBytes, (at + 1) * idBytes);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** Up to so many, spread evenly. */
  sample(most: number): string[] {
    const count = Math.min(most, this.size);
    return Array.from({ length: count }, (_, no) => this.id(Math.floor((no * this.size) / count)));
  }

  /** Whether that score, by that edition, is news: grades follow from the two, and a score of a later day stays. */
  isChanged(at: number, { score, edition }: { readonly score: number; readonly edition: string }): boolean {
    if (this.later[at] === 1) return false;
    return this.by[at] < 0 || this.editions[this.by[at]] !== edition || this.scores[at] !== score;
  }

  private placeOf(edition: string): number {
    const known = this.editions.indexOf(edition);
    return known < 0 ? this.editions.push(edition) - 1 : known;
  }

  private grow(): void {
    this.room = Math.max(1000, this.room * 2);
    const [ids, scores, by, later] = [this.ids, this.scores, this.by, this.later];
    (this.ids = Buffer.alloc(this.room * idBytes)).set(ids);
    (this.scores = new Float64Array(this.room)).set(scores);
    (this.by = new Int32Array(this.room)).set(by);
    (this.later = new Uint8Array(this.room)).set(later);
  }
}
