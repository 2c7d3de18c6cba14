/** Some lines of a dividend as columns, as PostgreSQL takes a million of them. */

/** Lines by columns: values of a column are parted by line breaks. */
export interface LineBlock {
  readonly rows: number;
  readonly owners: string;
  readonly amountsFen: string;
  readonly weights: string;
  readonly paths: string;
}
