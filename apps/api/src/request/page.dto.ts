/** The two fields by which every list is read page by page. */
import { IntegerField, TextField } from './field.decorator';

export const defaultPageSize = 50;

export class PageQuery {
  @IntegerField({ description: '每页条数 · rows per page', optional: true, min: 1, max: 200, default: defaultPageSize })
  limit?: number;

  @TextField({ description: '上一页的 next · `next` of the page before', optional: true, max: 500 })
  cursor?: string;
}
