/** Fields that nearly every reading of recorded accounts takes: the norm, the moment known at, and whether published. */
import { FieldOptions, FlagField, MomentField, TextField } from './field.decorator';

/** Id of a norm. */
export function NormField(options: Partial<FieldOptions> = {}): PropertyDecorator {
  const said = { description: '规范代码 · id of the norm', example: 'cn-terrestrial' };
  return TextField({ ...said, ...options, max: 100, pattern: /^[a-z0-9-]+$/ });
}

/** Known time: what had been recorded at a moment. */
export const AsOfField = (): PropertyDecorator =>
  MomentField({
    description: '按此时刻已知的情况；省略则为现在 · as it was known at this moment; now when left out',
    optional: true,
    example: '2026-03-01T08:00:00Z',
  });

export const PublishedField = (): PropertyDecorator =>
  FlagField({
    description: '只看已发布的；省略则为现行版 · only what was published; the current vintages when left out',
    optional: true,
    default: false,
  });
