import { refusedFields } from './refused-fields';

describe('refusedFields', () => {
  it('keeps the path of nested fields and both languages, and reports all problems', () => {
    const number = { zh: '应为整数', en: 'must be a whole number' };
    expect(
      refusedFields([
        { property: 'colour', constraints: { whitelistValidation: 'property colour should not exist' } },
        {
          property: 'rows',
          children: [
            {
              property: '0',
              children: [{ property: 'area', constraints: { isInt: 'no' }, contexts: { isInt: number } }],
            },
          ],
        },
        { property: 'name', constraints: { matches: 'name must match' } },
      ]),
    ).toEqual([
      {
        field: 'colour',
        code: 'unknownField',
        text: expect.objectContaining({ en: expect.stringContaining('no such field') }),
      },
      { field: 'rows[0].area', code: 'isInt', text: number },
      { field: 'name', code: 'matches', text: { zh: '此字段不符合要求：name must match', en: 'name must match' } },
    ]);
  });
});
