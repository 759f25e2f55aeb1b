/** Header names that shops use, lower case, best first. */
export const KNOWN_COLUMNS = {
  productId: [
    'product_id',
    'productid',
    'sku',
    'item_id',
    'handle',
    'id',
    'g:id',
    'parent_sku',
    '商品编号',
    '商品id',
    '编号',
    '货号',
  ],
  variantId: ['variant_id', 'variantid', 'variant sku'],
  image: [
    'image',
    'images',
    'image_link',
    'g:image_link',
    'base_image',
    'image_url',
    'image src',
    'picture',
    'photo',
    '图片',
    '主图',
  ],
  title: ['title', 'name', 'product_name', 'g:title', '标题', '名称', '商品名称'],
  description: ['description', 'body_html', 'body (html)', 'g:description', '描述'],
  category: ['category', 'categories', 'product_type', 'g:product_type', 'type', '类目', '分类'],
  price: ['price', 'g:price', 'variant price', '价格'],
} as const satisfies Record<string, readonly string[]>;

export type KnownField = keyof typeof KNOWN_COLUMNS;

/** How a mapping names the fields (contract §2, `--map`). */
export const MAPPING_FIELDS = {
  product_id: 'productId',
  variant_id: 'variantId',
  image: 'image',
  title: 'title',
  description: 'description',
  category: 'category',
  price: 'price',
} as const satisfies Record<string, KnownField>;

/** The column that stands for a field where nobody said which: the first of the known names that the header has. */
export function guessColumn(field: KnownField, header: readonly string[]): string | undefined {
  return KNOWN_COLUMNS[field]
    .map((name) => header.find((each) => each.trim().toLowerCase() === name))
    .find((each) => each !== undefined);
}
