import { InvalidArgumentError } from "commander";
import { QuantityError } from "../../config/exact-decimal";

/** A parser of an option's value by `read`, whose `QuantityError` becomes commander's own complaint. */
export function quantityOption<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof QuantityError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}
