/* No licence. */
int x;
