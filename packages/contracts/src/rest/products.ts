import { z } from 'zod';
import { isAddressable, LIMITS } from '../limits.ts';

const text = z.string().max(LIMITS.textMax);
const attributeValue = z.union([text, z.number(), z.boolean(), z.array(text).max(LIMITS.attributeListMax)]);

/** What an attribute of a product may be, whichever door it comes in by. */
export type AttributeValue = z.infer<typeof attributeValue>;

/** A product as it is written: what is left out stays as it is; pictures are base64 with a name. */
const productFields = {
  title: text.optional(),
  description: z
    .string()
    .max(LIMITS.textMax * 4)
    .optional(),
  category: text.nullish(),
  price: z.number().min(0).max(1e12).nullish(),
  attributes: z
    .record(z.string().min(1).max(LIMITS.attributeNameMax), attributeValue.nullable())
    .refine((attributes) => Object.keys(attributes).length <= LIMITS.attributesMax, {
      message: `at most ${LIMITS.attributesMax} attributes`,
    })
    .optional()
    .meta({ description: 'Those that are named are set, or taken away by null; others stay as they are.' }),
  images: z
    .array(z.strictObject({ name: z.string().min(1).max(512), data: z.base64() }))
    .max(20)
    .optional()
    .meta({
      description:
        'All pictures that the product shall have; an empty list takes them all away. Left out, they stay as they are.',
    }),
};

export const productBodySchema = z.strictObject(productFields);
export const productIdSchema = z
  .string()
  .min(1)
  .max(LIMITS.productIdMax)
  .refine(isAddressable, { message: 'neither . nor .. can be a product id' });
export const productsBatchSchema = z.strictObject({
  catalog: z.string().min(1).max(100).optional(),
  products: z
    .array(z.strictObject({ product_id: productIdSchema, ...productFields }))
    .min(1)
    .max(LIMITS.productsBatchMax),
});

export const productAnswerSchema = z
  .object({
    product_id: z.string(),
    title: z.string(),
    description: z.string(),
    category: z.string().nullable(),
    price: z.number().nullable(),
    attributes: z.record(z.string(), z.unknown()),
    images: z.array(z.object({ id: z.string(), width: z.number(), height: z.number(), url: z.string() })),
    updated_at: z.string(),
  })
  .meta({ id: 'Product' });
