-- Tables of views are named without their schema, for the rest of the transaction.
set local search_path = {views}
