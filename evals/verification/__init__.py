"""What does the verifier catch, what does it miss, and how often is it wrong about a true claim?"""
